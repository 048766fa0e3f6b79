-- The sentences and articles that report one event of three states or more.
--
-- One row a unit; `parties` are its states, joined by +. Where $every_pair, each of its pairs has to be reported.
with units as (
    select "day", code, unit, count(*) as states, array_to_string(list_sort(array_agg(actor)), '+') as parties
    from parties
    group by "day", code, unit
    having count(*) >= 3
),
pairs as (
    select d."day", d.code, d.unit, count(*) as pairs
    from (
        select distinct r."day", r.code, r.unit, r.low, r.high
        from reports as r
        join units as u on r."day" = u."day" and r.code = u.code and r.unit = u.unit
    ) as d
    group by d."day", d.code, d.unit
)
select u."day", u.code, u.unit, u.parties
from units as u
join pairs as p on u."day" = p."day" and u.code = p.code and u.unit = p.unit
where not $every_pair or 2 * p.pairs = u.states * (u.states - 1)
