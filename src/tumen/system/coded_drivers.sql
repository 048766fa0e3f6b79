-- How strong coders say each driver was, by period.
--
-- One row a coder, period and driver.
select id, coder, period, start, "end", driver, value, source
from drivers
order by start nulls last, driver nulls last, coder nulls last, id nulls last
