-- The roles of one Berth database, run once by its superuser in an empty database `berth`.
-- Passwords come as psql-style settings: berth.session_password, berth.auth_password, berth.proxy_password.
--   berth_session  owns schema public: sessions, routes (session-service's migrations grant what the edge reads)
--   berth_auth     owns schema auth: people, logins, signing keys, revocations
--   berth_proxy    reads routes and revocations, nothing else
DO $$
BEGIN
  EXECUTE format('CREATE ROLE berth_session LOGIN PASSWORD %L', current_setting('berth.session_password'));
  EXECUTE format('CREATE ROLE berth_auth LOGIN PASSWORD %L', current_setting('berth.auth_password'));
  EXECUTE format('CREATE ROLE berth_proxy LOGIN PASSWORD %L', current_setting('berth.proxy_password'));
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO berth_session, berth_auth, berth_proxy', current_database());
END
$$;

ALTER SCHEMA public OWNER TO berth_session;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO berth_proxy;

CREATE SCHEMA auth AUTHORIZATION berth_auth;
GRANT USAGE ON SCHEMA auth TO berth_proxy;
