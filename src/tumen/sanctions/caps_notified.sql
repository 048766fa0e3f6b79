-- Deliveries that suppliers notified inside [$first, $last). One row a printed figure.
select
    id, supplier, recipient, product, "start", "end", tonnes, barrels, coalesce(last_digit, 0) as last_digit, publisher,
    quality, source
from deliveries
where recipient = $recipient
    and product = $product
    and "start" >= cast($first as date)
    and "end" <= cast($last as date)
    and quality not in ('lower_bound', 'upper_bound', 'suspect', 'garbled', 'missing')
order by "start" nulls last, "end" nulls last, supplier nulls last, id nulls last
