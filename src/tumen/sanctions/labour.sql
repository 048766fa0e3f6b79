-- Published figures for the workers of $actor, of one kind and scope, in periods that begin in [$first, $last).
--
-- One row a figure. A period that begins before $first says nothing of who was there after it; one without a start
-- comes back where it ends after $first, so that a reader can be told of it.
select
    id, origin_actor, kind, coalesce(scope, 'all') as scope, host, "start", "end", low, high, remittance_low_usd,
    remittance_high_usd, publisher, quality, source
from workers
where origin_actor = $actor
    and kind = $kind
    and coalesce(scope, 'all') = $scope
    and coalesce("start" >= cast($first as date), "end" > cast($first as date))
    and coalesce("start" < cast($last as date), true)
    and coalesce(low, high) is not null
    and quality not in ('suspect', 'garbled', 'missing')
order by host nulls last, publisher nulls last, "end" nulls last, id nulls last
