#!/usr/bin/env bash
# The messages that Mailroom sends to itself: a connection factory, a queue and a topic. No mail travels in them; they wake,
# and what they say stands in the database.
#
# MAILROOM_JMS_USER      default: guest, whom the broker inside Payara knows as shipped
# MAILROOM_JMS_PASSWORD  default: guest
#
# Run again after a change: what is there is brought up to date.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common"

user=${MAILROOM_JMS_USER:-guest}
password=${MAILROOM_JMS_PASSWORD:-guest}
factory=jms/mailroom/factory

ask list-jms-resources list-password-aliases
{
    keep_alias mailroom-broker "$password"
    if exists "$factory"; then
        printf 'set %s\n' "resources.connector-connection-pool.$factory-Connection-Pool.property.UserName=$user"
    else
        printf 'create-jms-resource --restype jakarta.jms.ConnectionFactory --property UserName=%s:Password=${ALIAS=mailroom-broker} %s\n' \
            "$(escaped "$user")" "$factory"
    fi
    exists jms/mailroom/wakeup || printf 'create-jms-resource --restype jakarta.jms.Queue --property Name=MailroomWakeup jms/mailroom/wakeup\n'
    exists jms/mailroom/changed || printf 'create-jms-resource --restype jakarta.jms.Topic --property Name=MailroomChanged jms/mailroom/changed\n'
} >"$scratch/wanted"
all_of <"$scratch/wanted"
say "$factory, jms/mailroom/wakeup and jms/mailroom/changed are there"
