#!/usr/bin/env bash
# The driver, the connection pool "mailPool" and the resource "jdbc/mail", which persistence.xml names.
#
# MAILROOM_DATABASE_URL          default: made of the three below
# MAILROOM_DATABASE_HOST         default: 127.0.0.1
# MAILROOM_DATABASE_PORT         default: 5432
# MAILROOM_DATABASE_NAME         default: mailroom
# MAILROOM_DATABASE_USER         default: mailroom
# MAILROOM_DATABASE_PASSWORD     no default; empty where PostgreSQL asks for none
# MAILROOM_DATABASE_CONNECTIONS  the most connections of the pool; default: 80
# MAILROOM_DRIVER                PostgreSQL's JDBC driver; default: the one that the build puts beside the EAR
#
# Run again after a change: what is there is brought up to date.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common"

host=${MAILROOM_DATABASE_HOST:-127.0.0.1}
port=${MAILROOM_DATABASE_PORT:-5432}
name=${MAILROOM_DATABASE_NAME:-mailroom}
url=${MAILROOM_DATABASE_URL:-jdbc:postgresql://$host:$port/$name}
user=${MAILROOM_DATABASE_USER:-mailroom}
password=${MAILROOM_DATABASE_PASSWORD?set MAILROOM_DATABASE_PASSWORD to the password of the database user $user}
connections=${MAILROOM_DATABASE_CONNECTIONS:-80}
driver=${MAILROOM_DRIVER:-$(ls "$here"/../../ear/target/postgresql-*.jar 2>/dev/null | tail -n 1)}

# How the driver behaves, unless the URL says otherwise: statements that come back are prepared on the server after five
# times and stay so, batches go as one statement, and a connection that died silently is noticed.
for parameter in ApplicationName=mailroom prepareThreshold=5 preparedStatementCacheQueries=512 reWriteBatchedInserts=true tcpKeepAlive=true; do
    case $url in
        *"${parameter%%=*}="*) ;;
        *\?*) url="$url&$parameter" ;;
        *) url="$url?$parameter" ;;
    esac
done

# The pool does not log in without a password, and a PostgreSQL that asks for none does not look at it.
password=${password:-none}

ask list-jdbc-connection-pools list-jdbc-resources list-password-aliases list-libraries
pool=resources.jdbc-connection-pool.mailPool
{
    if ! grep -q 'postgresql-.*\.jar' "$existing"; then
        [ -r "$driver" ] || { say "set MAILROOM_DRIVER to PostgreSQL's JDBC driver (postgresql-42.7.x.jar), or build Mailroom first" >&2; exit 1; }
        printf 'add-library %s\n' "$driver"
    fi
    keep_alias mailroom-database "$password"
    # Not XA: all that Mailroom commits is in this one database, and XA costs 12 to 15 percent.
    exists mailPool || printf 'create-jdbc-connection-pool --restype javax.sql.DataSource --datasourceclassname %s mailPool\n' \
        org.postgresql.ds.PGSimpleDataSource
    printf 'set %s\n' \
        "$pool.steady-pool-size=4" "$pool.max-pool-size=$connections" "$pool.pool-resize-quantity=4" \
        "$pool.max-wait-time-in-millis=30000" "$pool.idle-timeout-in-seconds=300" \
        "$pool.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation" \
        "$pool.connection-validation-method=custom-validation" "$pool.is-connection-validation-required=true" \
        "$pool.validate-atmost-once-period-in-seconds=5" "$pool.fail-all-connections=true" \
        "$pool.connection-creation-retry-attempts=3" "$pool.connection-creation-retry-interval-in-seconds=2" \
        "$pool.property.url=$url" "$pool.property.user=$user" "$pool.property.password=\${ALIAS=mailroom-database}"
    exists jdbc/mail || printf 'create-jdbc-resource --connectionpoolid mailPool jdbc/mail\n'
} >"$scratch/wanted"
all_of <"$scratch/wanted"
say "jdbc/mail leads to ${url%%\?*} as $user"
