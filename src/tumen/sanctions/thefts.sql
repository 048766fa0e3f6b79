-- Every usable report of a theft attributed to $actor.
--
-- One row a report. Which of them tell of one theft is not asked here: a row that ties them may not be known yet.
select
    id, "date", victim, coalesce(low_usd, value_usd, high_usd) as low_usd,
    coalesce(high_usd, value_usd, low_usd) as high_usd, attributed_to, attribution, publisher, quality, source
from thefts
where attributed_to = $actor
    and quality not in ('suspect', 'garbled', 'missing')
    and coalesce(value_usd, low_usd, high_usd) is not null
order by "date" nulls last, id nulls last
