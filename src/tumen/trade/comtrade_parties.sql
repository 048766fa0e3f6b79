-- Every reporter and partner as the tables write them, and how many rows name each.
--
-- One row a spelling: its letters, then its number.
select spelling, iso, code, count(*) as flows
from (
    select reporter as spelling, reporter_iso as iso, reporter_code as code from read_flows
    union all
    select partner as spelling, partner_iso as iso, partner_code as code from read_flows
) as named
group by spelling, iso, code
order by spelling nulls last, iso nulls last, code nulls last
