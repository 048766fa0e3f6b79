-- How many tests of $kind $actor made in each calendar year of [$first, $last), as $publisher counts them.
--
-- One row a figure for a whole year.
select id, "start", "end", kind, tests, publisher, quality, source
from weapon_tests
where actor = $actor
    and publisher = $publisher
    and kind = $kind
    and "start" >= cast($first as date)
    and "end" <= cast($last as date)
    and month("start") = 1
    and day("start") = 1
    and month("end") = 1
    and day("end") = 1
    and year("end") = year("start") + 1
    and quality not in ('suspect', 'garbled', 'missing')
order by "start" nulls last, id nulls last
