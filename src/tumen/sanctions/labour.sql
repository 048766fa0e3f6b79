-- Published figures for the workers of $actor, of one kind, in periods that begin in [$first, $last).
--
-- One row a figure. A period that begins before $first says nothing of who was there after it.
select
    id, origin_actor, kind, host, "start", "end", low, high, remittance_low_usd, remittance_high_usd, publisher, quality, source
from workers
where origin_actor = $actor
    and kind = $kind
    and "start" >= cast($first as date)
    and "start" < cast($last as date)
    and coalesce(low, high) is not null
    and quality not in ('suspect', 'garbled', 'missing')
order by host nulls last, publisher nulls last, "end" nulls last, id nulls last
