import { chainStart } from '../../core/audit/event.ts';

/** Places and hashes for the events; the trigger waits until those that are there already have theirs. */
export const auditChain = `
DROP TRIGGER events_append_only ON sluice.events;
ALTER TABLE sluice.events ADD COLUMN sequence bigint, ADD COLUMN previous text, ADD COLUMN hash text;

-- The end of the chain. Whoever appends locks this row, so events come one after the other.
CREATE TABLE sluice.events_head (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  sequence bigint NOT NULL,
  hash text NOT NULL
);
INSERT INTO sluice.events_head (sequence, hash) VALUES (0, '${chainStart}');
`;

/** What holds from then on. A sequence that is taken refuses a second event, whatever the head says. */
export const auditChainGuards = `
ALTER TABLE sluice.events
  ALTER COLUMN sequence SET NOT NULL, ALTER COLUMN previous SET NOT NULL, ALTER COLUMN hash SET NOT NULL,
  ADD CONSTRAINT events_sequence UNIQUE (sequence), ADD CONSTRAINT events_hash UNIQUE (hash),
  ADD CONSTRAINT events_place CHECK (sequence > 0);
CREATE INDEX events_by_subject ON sluice.events (repository, subject, sequence);
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sluice.events
  FOR EACH STATEMENT EXECUTE FUNCTION sluice.refuse_change();
ALTER TABLE sluice.events ENABLE ALWAYS TRIGGER events_append_only;

CREATE FUNCTION sluice.head_only_advances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sequence <> OLD.sequence + 1 THEN
    RAISE EXCEPTION 'the end of the audit trail only advances' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER events_head_advances BEFORE UPDATE ON sluice.events_head
  FOR EACH ROW EXECUTE FUNCTION sluice.head_only_advances();
ALTER TABLE sluice.events_head ENABLE ALWAYS TRIGGER events_head_advances;
CREATE TRIGGER events_head_stays BEFORE INSERT OR DELETE OR TRUNCATE ON sluice.events_head
  FOR EACH STATEMENT EXECUTE FUNCTION sluice.refuse_change();
ALTER TABLE sluice.events_head ENABLE ALWAYS TRIGGER events_head_stays;
`;
