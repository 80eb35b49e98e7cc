-- For tables that only grow: a row about the past is never changed.
CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER billing_facts_append_only BEFORE UPDATE OR DELETE ON billing_facts
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER billing_facts_no_truncate BEFORE TRUNCATE ON billing_facts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_anchor_heads_append_only BEFORE UPDATE OR DELETE ON audit_anchor_heads
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_anchor_heads_no_truncate BEFORE TRUNCATE ON audit_anchor_heads
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- An anchor is sealed once, and then never changes.
CREATE OR REPLACE TRIGGER audit_anchors_sealed BEFORE UPDATE ON audit_anchors FOR EACH ROW
  WHEN (OLD.sent_at IS NOT NULL OR (OLD.day, OLD.root, OLD.scopes) IS DISTINCT FROM (NEW.day, NEW.root, NEW.scopes))
  EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_anchors_append_only BEFORE DELETE ON audit_anchors
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE OR REPLACE TRIGGER audit_anchors_no_truncate BEFORE TRUNCATE ON audit_anchors
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- ALWAYS: a session that calls itself a replica must not slip past.
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only;
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_no_truncate;
ALTER TABLE billing_facts ENABLE ALWAYS TRIGGER billing_facts_append_only;
ALTER TABLE billing_facts ENABLE ALWAYS TRIGGER billing_facts_no_truncate;
ALTER TABLE audit_anchor_heads ENABLE ALWAYS TRIGGER audit_anchor_heads_append_only;
ALTER TABLE audit_anchor_heads ENABLE ALWAYS TRIGGER audit_anchor_heads_no_truncate;
ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER audit_anchors_sealed;
ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER audit_anchors_append_only;
ALTER TABLE audit_anchors ENABLE ALWAYS TRIGGER audit_anchors_no_truncate;
