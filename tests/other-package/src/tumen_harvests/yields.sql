select id, year, hectares, tonnes, source
from harvests
where field = $field and year >= $first and year < $last
order by year, id nulls last
