-- The cap of a provision. One row, or none.
select id, resolution, product, target, measure, cap_value, cap_unit, "start", "end", source
from provisions
where id = $provision and cap_value is not null
