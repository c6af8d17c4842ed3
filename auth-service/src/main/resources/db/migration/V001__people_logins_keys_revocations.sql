-- Schema auth belongs to auth-service. The edge's role reads revocations, and nothing else here.

CREATE TABLE auth.people (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  issuer        text        NOT NULL,
  subject       text        NOT NULL,
  slug          text        NOT NULL,
  display_name  text        NOT NULL,
  email         text,
  admin         boolean     NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL DEFAULT now(),
  last_login_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT people_one_per_subject UNIQUE (issuer, subject),
  CONSTRAINT people_one_per_slug UNIQUE (slug),
  CONSTRAINT people_slug_is_canonical CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$')
);

-- A login is a browser's identity; it is gone from here once it is over.
CREATE TABLE auth.logins (
  id              text PRIMARY KEY,
  person_id       uuid        NOT NULL REFERENCES auth.people ON DELETE CASCADE,
  provider_sid    text,                    -- the provider's session, what back-channel logout names
  sealed_id_token bytea       NOT NULL,    -- AES-GCM; the hint that the provider's logout asks for
  created_at      timestamptz NOT NULL DEFAULT now(),
  expires_at      timestamptz NOT NULL
);
CREATE INDEX logins_person ON auth.logins (person_id);
CREATE INDEX logins_provider_sid ON auth.logins (provider_sid);
CREATE INDEX logins_expiry ON auth.logins (expires_at);

CREATE TABLE auth.signing_keys (
  kid            text PRIMARY KEY,
  public_jwk     text        NOT NULL,
  sealed_private bytea       NOT NULL,     -- AES-GCM under berth.auth.key-encryption-secret
  created_at     timestamptz NOT NULL DEFAULT now(),
  signs_from     timestamptz NOT NULL      -- published before it signs, so that verifiers know it
);

CREATE TABLE auth.revocations (
  login_id   text PRIMARY KEY,
  revoked_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL          -- after this the login's token is over by itself
);
CREATE INDEX revocations_expiry ON auth.revocations (expires_at);

CREATE FUNCTION auth.notify_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('berth_revocations', NEW.login_id);
  RETURN NULL;
END
$$;
CREATE TRIGGER revocation_is_told AFTER INSERT ON auth.revocations
  FOR EACH ROW EXECUTE FUNCTION auth.notify_revocation();

-- Logout tokens of the provider that were honoured: each counts once.
CREATE TABLE auth.logout_tokens (
  jti        text PRIMARY KEY,
  expires_at timestamptz NOT NULL
);

GRANT USAGE ON SCHEMA auth TO berth_proxy;
GRANT SELECT ON auth.revocations TO berth_proxy;
