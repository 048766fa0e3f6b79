-- Totals that publishers print for what $actor stole, inside [$first, $last).
--
-- One row a total.
select
    id, actor, "start", "end", coalesce(low_usd, value_usd, high_usd) as low_usd,
    coalesce(high_usd, value_usd, low_usd) as high_usd, incidents, publisher, quality, source
from theft_totals
where actor = $actor
    and "start" >= cast($first as date)
    and "end" <= cast($last as date)
    and quality not in ('suspect', 'garbled', 'missing')
    and coalesce(value_usd, low_usd, high_usd) is not null
order by "start" nulls last, "end" nulls last, publisher nulls last, id nulls last
