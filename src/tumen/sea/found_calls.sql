-- Calls of tankers, found in positions, at ports of $recipient that handle a product, in the years of [$first, $last).
--
-- One row a call and vessel of the record that may be the ship, or one that names no vessel where the record has none. A ship
-- that was dark counts once a silence, however many ports it could have reached meanwhile, and not at all where it was
-- seen in a port during that silence. $handled is the product between two signs of addition, between two wildcards. The ship is a tanker where the record says so, or where it
-- says nothing of her and she said so herself (AIS types 80 to 89).
with at_ports as (
    select
        calls.id, calls.mmsi, calls.imo, calls.name, calls.ship_type, calls.certainty, calls.reception, calls."start",
        calls."end",
        ports.name as port,
        row_number() over (
            partition by calls.mmsi, calls.certainty, calls."start"
            order by calls.needed_speed_kn nulls first, ports.name nulls last, ports.id nulls last
        ) as choice
    from calls
    join ports on calls.port = ports.id
    where ports.territory = $recipient
        and concat('+', ports.handles, '+') like $handled
        and calls."start" >= cast($first as timestamp)
        and calls."start" < cast($last as timestamp)
        and not exists (
            select 1
            from calls as seen
            where calls.certainty = 'feasible'
                and seen.certainty = 'observed'
                and seen.mmsi = calls.mmsi
                and seen."start" < calls."end"
                and seen."end" > calls."start"
        )
)
select
    c.id, c.mmsi, c.name, c.certainty, c.reception, c."start", c."end", c.port,
    coalesce(vessels.id, '') as row_id, vessels.imo as vessel_imo, vessels.mmsi as vessel_mmsi,
    coalesce(vessels.source, '') as source, vessels.deadweight_t
from at_ports as c
left join vessels
    on vessels.imo = c.imo or (vessels.mmsi = c.mmsi and (vessels.imo is null or c.imo is null))
where c.choice = 1
    and (vessels.kind = 'tanker' or (vessels.kind is null and c.ship_type between 80 and 89))
order by c."start" nulls last, c.mmsi nulls last, c.id nulls last, case when vessels.deadweight_t is null then 1 else 0 end nulls last,
    vessels.id nulls last
