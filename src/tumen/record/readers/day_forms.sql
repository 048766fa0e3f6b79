-- How the days of each file are written that do not begin with their year.
--
-- One row a file with such days; `example` is one with a number above twelve, where there is one.
select
    _file, bool_or(over_first) as over_first, bool_or(over_second) as over_second, bool_or(pointed) as pointed,
    coalesce(min(said_day) filter (where over_first or over_second), min(said_day)) as example
from (
    select
        _file, said_day, contains(said_day, '.') as pointed,
        try_cast(regexp_extract(said_day, '^[0-9]+', 0) as integer) > 12 as over_first,
        try_cast(regexp_extract(said_day, '^[0-9]+[/.-]([0-9]+)', 1) as integer) > 12 as over_second
    from said_days
    where regexp_matches(said_day, '^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}($|[ T])')
) as parted
group by _file
order by _file nulls last
