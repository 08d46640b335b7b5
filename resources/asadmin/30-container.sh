#!/usr/bin/env bash
# Where Mailroom's settings are. All else that the container must know travels in the EAR.
#
# MAILROOM_CONFIG  the file mailroom.properties; default: none, and then all defaults hold
#
# A changed option of the JVM holds from the server's next start on; this script says so where it applies.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common"

if [ -z "${MAILROOM_CONFIG:-}" ]; then
    say "MAILROOM_CONFIG is not set: the settings stay as they are"
    exit 0
fi
[ -r "$MAILROOM_CONFIG" ] || { say "MAILROOM_CONFIG=$MAILROOM_CONFIG cannot be read" >&2; exit 1; }

ask list-jvm-options
if exists "-Dmailroom.config=$MAILROOM_CONFIG"; then
    say "the settings are in $MAILROOM_CONFIG"
    exit 0
fi
{
    forget_settings
    printf 'create-jvm-options %s\n' "-Dmailroom.config=${MAILROOM_CONFIG//:/\\:}"
} >"$scratch/wanted"
all_of <"$scratch/wanted"
say "the settings are in $MAILROOM_CONFIG; restart the server before you deploy: asadmin restart-domain"
