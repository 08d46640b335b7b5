#!/usr/bin/env bash
# The user "mailroom-metrics", who may read /metrics where the server asks for a login there (05-harden.asadmin does that).
#
# MAILROOM_METRICS_PASSWORD  no default; without it, nothing is done
#
# Run again after a change: the password is brought up to date.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common"

if [ -z "${MAILROOM_METRICS_PASSWORD:-}" ]; then
    say "MAILROOM_METRICS_PASSWORD is not set: no user for /metrics"
    exit 0
fi
ask list-file-users
verb=create-file-user
if exists mailroom-metrics; then verb=update-file-user; fi
(umask 077 && printf 'AS_ADMIN_USERPASSWORD=%s\n' "$MAILROOM_METRICS_PASSWORD" >"$scratch/user")
printf '%s --passwordfile %s --groups microprofile mailroom-metrics\n' "$verb" "$scratch/user" | all_of
say "mailroom-metrics may read /metrics"
