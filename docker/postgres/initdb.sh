#!/bin/bash
# Run once by PostgreSQL's image in an empty cluster: Berth's roles and Keycloak's database, with passwords from files.
set -euo pipefail
secret() { tr -d '\n' <"/run/secrets/$1"; }
PGOPTIONS="-c berth.session_password=$(secret postgres.berth_session) -c berth.auth_password=$(secret postgres.berth_auth)"
PGOPTIONS+=" -c berth.proxy_password=$(secret postgres.berth_proxy) -c berth.keycloak_password=$(secret postgres.keycloak)"
export PGOPTIONS
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -f /opt/berth/roles.sql
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
DO $$ BEGIN EXECUTE format('CREATE ROLE keycloak LOGIN PASSWORD %L', current_setting('berth.keycloak_password')); END $$;
CREATE DATABASE keycloak OWNER keycloak;
REVOKE ALL ON DATABASE keycloak FROM PUBLIC;
SQL
