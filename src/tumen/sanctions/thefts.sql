-- Every usable report of a theft attributed to $actor.
--
-- One row a report; reports of one theft point to one of them by duplicate_of.
select
    id, "date", victim, coalesce(low_usd, value_usd, high_usd) as low_usd,
    coalesce(high_usd, value_usd, low_usd) as high_usd, attributed_to, attribution, duplicate_of, publisher, quality, source
from thefts
where attributed_to = $actor
    and quality not in ('suspect', 'garbled', 'missing')
    and coalesce(value_usd, low_usd, high_usd) is not null
order by "date" nulls last, id nulls last
