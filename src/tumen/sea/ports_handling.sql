-- Ports of $actor that handle a cargo, which stands in $handled between two signs of addition and two wildcards.
--
-- One row a port.
select id, name
from ports
where territory = $actor and concat('+', handles, '+') like $handled
order by id nulls last
