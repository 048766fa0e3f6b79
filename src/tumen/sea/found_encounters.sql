-- Encounters found in positions that a call at a port of $actor which handles a cargo came before, in [$first, $last).
--
-- One row an encounter: the firmer and then the later call of either ship in the $days_before days before it began.
-- A call that was feasible in a silence counts where reception was good. $handled is the cargo between two signs of
-- addition, between two wildcards. Neither ship is of a type that carries
-- no cargo: both are cargo ships or tankers (AIS types 70 to 89), or did not say.
with before as (
    select
        encounters.id, encounters.mmsi_1, encounters.mmsi_2, encounters.name_1, encounters.name_2,
        encounters."start", encounters.duration_h, encounters.observed_h, encounters.lon, encounters.lat,
        calls.id as call, calls.certainty, calls."end" as left_port, ports.name as port,
        row_number() over (
            partition by encounters.id
            order by calls.certainty desc nulls last, calls."end" desc nulls last, ports.name nulls last, calls.id nulls last,
                ports.id nulls last
        ) as choice
    from encounters
    join calls
        on (calls.mmsi = encounters.mmsi_1 or calls.mmsi = encounters.mmsi_2)
        and calls."end" <= encounters."start"
        and date_diff('second', calls."end", encounters."start") <= $days_before * 86400
    join ports on calls.port = ports.id
    where ports.territory = $actor
        and concat('+', ports.handles, '+') like $handled
        and (calls.certainty = 'observed' or calls.reception = 'good')
        and encounters."start" >= cast($first as timestamp)
        and encounters."start" < cast($last as timestamp)
        and coalesce(encounters.ship_type_1, 70) between 70 and 89
        and coalesce(encounters.ship_type_2, 70) between 70 and 89
)
select
    id, mmsi_1, mmsi_2, name_1, name_2, "start", duration_h, observed_h, lon, lat, call, certainty, left_port, port
from before
where choice = 1
order by "start" nulls last, id nulls last
