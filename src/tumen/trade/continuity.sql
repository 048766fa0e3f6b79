-- Trade between two states that touches [$first, $last), total or a basket of commodities.
--
-- One row a printed figure that lies inside the period. Rows of the basket's own id and of each of
-- its codes both come back; bounds and flagged rows come back too, marked, so that a reader can be
-- told of them.
select
    t.territory, t.publisher, t.partner, t."start", t."end", t.commodity, t.id, t.source, t.quality,
    t.exports_usd, t.imports_usd,
    coalesce(t.total_usd, t.exports_usd + t.imports_usd) as total_usd,
    coalesce(t.last_digit_usd, 0) as last_digit_usd
from trade as t
where t.territory = $territory
    and t.partner = $partner
    and t."start" >= cast($first as date)
    and t."end" <= cast($last as date)
    and (
        t.commodity = $commodity
        or t.commodity in (select commodity from baskets where basket = $commodity)
    )
order by t."start" nulls last, t.commodity nulls last, t.id nulls last
