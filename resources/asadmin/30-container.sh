#!/usr/bin/env bash
# Options of the JVM: where Mailroom's settings are, and how many threads carry virtual ones, unless the server has a number of its
# own for that. All else that the container must know travels in the EAR.
#
# MAILROOM_CONFIG  the file mailroom.properties; default: none, and then all defaults hold
#
# A changed option holds from the server's next start on; this script says so where it applies.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common"

config=${MAILROOM_CONFIG:-}
[ -z "$config" ] || [ -r "$config" ] || { say "MAILROOM_CONFIG=$config cannot be read" >&2; exit 1; }

ask list-jvm-options
{
    grep -q -- "^${carriers%=*}=" "$existing" || printf 'create-jvm-options %s\n' "$carriers"
    if [ -n "$config" ] && ! exists "-Dmailroom.config=$config"; then
        forget_settings
        printf 'create-jvm-options %s\n' "-Dmailroom.config=${config//:/\\:}"
    fi
} >"$scratch/wanted"
[ -n "$config" ] && say "the settings are in $config" || say "MAILROOM_CONFIG is not set: the settings stay as they are"
if [ -s "$scratch/wanted" ]; then
    all_of <"$scratch/wanted"
    say "options of the JVM are new: restart the server before you deploy: asadmin restart-domain"
fi
