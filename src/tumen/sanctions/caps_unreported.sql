-- Estimates of deliveries that nobody notified, inside [$first, $last). One row an estimate.
select
    id, recipient, product, "start", "end", calls, barrels, load_low, load_high, coalesce(last_digit, 0) as last_digit, publisher,
    quality, source
from unreported
where recipient = $recipient
    and product = $product
    and "start" >= cast($first as date)
    and "end" <= cast($last as date)
    and barrels is not null
    and quality not in ('upper_bound', 'suspect', 'garbled', 'missing')
order by "start" nulls last, "end" nulls last, id nulls last
