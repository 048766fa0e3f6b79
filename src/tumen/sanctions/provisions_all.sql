-- Every provision that binds or shields $target.
--
-- One row a provision.
select
    id, resolution, target, product, measure, cap_value, cap_unit, "start", "end", coalesce(legal_force, 'rule') as legal_force,
    source
from provisions
where target = $target
order by "start" nulls last, resolution nulls last, product nulls last, id nulls last
