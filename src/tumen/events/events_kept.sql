-- The reports that are kept.
--
-- One row a report; `low` and `high` are its two states in the order of the alphabet.
select
    id, "day", code, kind, source_actor, target_actor,
    least(source_actor, target_actor) as low, greatest(source_actor, target_actor) as high,
    goldstein, quad, description, unit
from judged_reports
where reason is null
