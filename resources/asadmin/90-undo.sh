#!/usr/bin/env bash
# Takes away what 10, 20, 30 and 40 have made. Undeploy first: asadmin undeploy mailroom. The database itself is not touched, and
# the driver stays, because others may use it (asadmin remove-library).
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common"

ask list-applications list-jdbc-connection-pools list-jdbc-resources list-jms-resources list-password-aliases list-jvm-options list-jmsdest list-file-users
if grep -q '^mailroom ' "$existing"; then
    say "Mailroom is deployed still: asadmin undeploy mailroom" >&2
    exit 1
fi
{
    for name in jms/mailroom/factory jms/mailroom/wakeup jms/mailroom/changed; do
        ! exists "$name" || printf 'delete-jms-resource %s\n' "$name"
    done
    ! exists MailroomWakeup || printf 'delete-jmsdest --desttype queue MailroomWakeup\n'
    ! exists MailroomChanged || printf 'delete-jmsdest --desttype topic MailroomChanged\n'
    ! exists jdbc/mail || printf 'delete-jdbc-resource jdbc/mail\n'
    ! exists mailPool || printf 'delete-jdbc-connection-pool mailPool\n'
    for name in mailroom-database mailroom-broker; do
        ! exists "$name" || printf 'delete-password-alias %s\n' "$name"
    done
    ! exists mailroom-metrics || printf 'delete-file-user mailroom-metrics\n'
    forget_settings
    ! exists "$carriers" || printf 'delete-jvm-options %s\n' "$carriers"
} >"$scratch/wanted"
all_of <"$scratch/wanted"
say "Mailroom's resources are gone"
