-- What no part of the product would ever do. A heading names the part of the check that must
-- find it; `let` gives a name to a row that several faults are about.

-- let OPEN = (SELECT id FROM bpm_task WHERE status = 'open' ORDER BY id LIMIT 1)
-- let LIVE = (SELECT id FROM bpm_instance WHERE status = 'live' ORDER BY id LIMIT 1)
-- let TIMED = (SELECT id FROM bpm_instance WHERE status = 'live' AND timers != '[]' LIMIT 1)
-- let ENDED = (SELECT id FROM bpm_instance WHERE status != 'live' ORDER BY id LIMIT 1)
-- let RUNNING = (SELECT id FROM bpm_case WHERE status = 'open' ORDER BY id DESC LIMIT 1)
-- let CLOSED = (SELECT id FROM bpm_case WHERE status = 'closed' ORDER BY id LIMIT 1)
-- let DATED = (SELECT case_id FROM hz_deadline WHERE kind = 'rectification' ORDER BY case_id LIMIT 1)

-- chain: a word changed
UPDATE bpm_history SET data = replace(data, '一号', '二号') WHERE act = 'hazard.register';

-- chain: who did it
UPDATE bpm_history SET actor = 'x' WHERE seq = 2;

-- chain: the last row cut off
DELETE FROM bpm_history WHERE (case_id, seq) IN (SELECT case_id, max(seq) FROM bpm_history WHERE
case_id = $CLOSED);

-- anchors: a head
UPDATE bpm_anchor_head SET hash = 'x' WHERE rowid = 1;

-- anchors: a signature
UPDATE bpm_anchor SET signature = 'x';

-- anchors: the mark of a case
UPDATE bpm_case SET anchored_seq = 1;

-- state: unreadable
UPDATE bpm_instance SET blob = x'00' WHERE id = $LIVE;

-- state: ended in the row only
UPDATE bpm_instance SET status = 'completed' WHERE id = $LIVE;

-- state: closed while it runs
UPDATE bpm_case SET status = 'closed' WHERE id = $RUNNING;

-- state: ended and still waiting
UPDATE bpm_instance SET waits = json_set(waits, '$.messages[0]', 'level.raise') WHERE id =
$ENDED;

-- state: a second root
UPDATE bpm_instance SET root = 1;

-- tasks: one lost
DELETE FROM bpm_task WHERE id = $OPEN;

-- tasks: one too many
UPDATE bpm_task SET status = 'open' WHERE status = 'completed' AND rowid % 9 = 0;

-- tasks: another place
UPDATE bpm_task SET element = 'x' WHERE id = $OPEN;

-- tasks: another token
UPDATE bpm_task SET token = '{}' WHERE id = $OPEN;

-- tasks: another limit
UPDATE bpm_task SET due_at = '2027-01-01 00:00:00' WHERE id = $OPEN;

-- tasks: another priority
UPDATE bpm_task SET priority = 1 WHERE id = $OPEN;

-- tasks: nobody may
DELETE FROM bpm_task_candidate WHERE task_id = $OPEN;

-- completions: half undone
UPDATE bpm_task SET status = 'cancelled' WHERE act = 'order.serve';

-- completions: by another
UPDATE bpm_task SET completed_by = 'x' WHERE act = 'order.serve';

-- subscriptions: a message forgotten
UPDATE bpm_instance SET waits = json_set(waits, '$.messages', json('[]')) WHERE case_id =
$RUNNING;

-- timers: forgotten
UPDATE bpm_instance SET timers = '[]' WHERE id = $TIMED;

-- timers: woken on another day
UPDATE bpm_case SET next_due_at = '2027-01-01 00:00:00' WHERE id = $RUNNING;

-- timers: never woken
UPDATE bpm_case SET next_due_at = NULL WHERE id = $RUNNING;

-- bars: lifted
DELETE FROM bpm_task_bar;

-- pools: another
UPDATE bpm_task SET pool = 'none' WHERE id = $OPEN;

-- pools: a role forgotten
DELETE FROM bpm_pool;

-- pools: a bar forgotten
DELETE FROM bpm_pool_bar;

-- rungs: moved
UPDATE bpm_rung SET fire_at = '2027-01-01 00:00:00' WHERE task_id IS NULL AND fired_at IS NULL;

-- rungs: lost
DELETE FROM bpm_rung WHERE task_id IS NULL AND fired_at IS NULL;

-- rungs: of a task that is done
UPDATE bpm_rung SET task_id = (SELECT id FROM bpm_task WHERE status = 'completed' LIMIT 1) WHERE
task_id IS NOT NULL;

-- deadlines: the row
UPDATE hz_deadline SET due_date = '2027-01-01' WHERE case_id = $DATED AND kind = 'rectification';

-- deadlines: row lost
DELETE FROM hz_deadline WHERE case_id = $DATED AND kind = 'rectification';

-- deadlines: one too many
UPDATE hz_deadline SET number = 99 WHERE kind = 'serve';

-- deadlines: a change forgotten
DELETE FROM hz_deadline_change WHERE cause = 'extension';

-- deadlines: a later start in row and document
UPDATE bpm_case SET document = json_set(document, '$.deadlines[0].days', 99) WHERE id = $DATED;

-- ledger: a column
UPDATE hz_hazard SET state = 'voided' WHERE case_id = $RUNNING;

-- ledger: lost
DELETE FROM hz_hazard WHERE case_id = $RUNNING;

-- document: no such phase
UPDATE bpm_case SET document = json_set(document, '$.phase', 'gone') WHERE id = $RUNNING;

-- document: no text at all
UPDATE bpm_case SET document = '{}' WHERE id = $RUNNING;

-- papers: a word
UPDATE hz_paper SET content = content || ' ';

-- evidence: its row lost
DELETE FROM hz_evidence WHERE case_id IS NOT NULL;

-- evidence: another size
UPDATE hz_evidence SET size = size + 1;

-- administration: a word
UPDATE org_administration SET subject = 'x' WHERE seq = 2;

-- administration: the end cut off
DELETE FROM org_administration WHERE seq = 3;

-- numbers: given twice
UPDATE bpm_counter SET value = 1 WHERE kind = 'hazard';

-- keys: a case that is gone
UPDATE bpm_idempotency SET result = '{"case_id": "x"}';

-- keys: a task never done
UPDATE bpm_idempotency SET command = 'task:x';

-- incidents: miscounted
UPDATE bpm_case SET open_incidents = 1;

-- relations: of no case
UPDATE bpm_visit SET case_id = 'x' WHERE rowid = 1;

-- outbox: sent and failed
INSERT INTO bpm_outbox (id, agency, channel, recipient, payload, created_at, attempts, sent_at,
error) VALUES ('m', 'default', 'mail', 'x', '{}', '2026-03-02 00:00:00', 1, '2026-03-02
00:00:00', 'no line');

-- tasks: taken by somebody who never took it
UPDATE bpm_task SET assignee = 'inspector2' WHERE id = $OPEN;

-- tasks: with another form
UPDATE bpm_task SET form = 'register' WHERE id = $OPEN;

-- definitions: a diagram changed after its deployment
UPDATE bpm_definition_file SET content = x'3c612f3e' WHERE path LIKE 'void%.bpmn';
