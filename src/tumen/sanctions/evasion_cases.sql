-- Published cases of evasion by $actor with one cargo, dated in [$first, $last).
--
-- One row a case.
select id, "date", kind, cargo_certainty, vessel_1, vessel_2, area, quantity, quantity_unit, reported_by, source
from evasion_cases
where actor = $actor
    and cargo = $cargo
    and "date" >= cast($first as date)
    and "date" < cast($last as date)
order by "date" nulls last, id nulls last
