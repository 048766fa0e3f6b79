-- MMSIs, and which territories their country digits are of.
--
-- One row an MMSI that is heard in at least $least_messages messages. `form` is where the digits stand: in a ship's number
-- first, in those of other stations behind what marks them; null where the number has no form at all. `digits` are they, and
-- the first three of a number without a form; null where a form has none. `states` are joined by +; null where they are
-- nobody's. `simulated`: a number of simulated positions, which is nobody's on purpose.
with heard as (
    select mmsi, lpad(cast(mmsi as varchar), 9, '0') as nine, min(t) as first_t, max(t) as last_t, count(*) as messages,
        max(case when receiver = 'simulated' then 1 else 0 end) = 1 as simulated
    from positions
    group by mmsi
),

formed as (
    select
        *,
        case
            when substring(nine, 1, 1) between '2' and '7' then 'ship'
            when substring(nine, 1, 3) = '111' then 'aircraft'
            when substring(nine, 1, 2) = '00' then 'coast'
            when substring(nine, 1, 1) = '0' then 'group'
            when substring(nine, 1, 1) = '8' then 'handheld'
            when substring(nine, 1, 2) = '98' then 'craft'
            when substring(nine, 1, 2) = '99' then 'aid'
            when substring(nine, 1, 3) in ('970', '972', '974', '979') then 'beacon'
        end as form
    from heard
    where messages >= $least_messages
),

told as (
    select
        mmsi, first_t, last_t, form, simulated,
        case
            when form = 'aircraft' then substring(nine, 4, 3)
            when form in ('coast', 'craft', 'aid') then substring(nine, 3, 3)
            when form in ('group', 'handheld') then substring(nine, 2, 3)
            when form = 'beacon' then cast(null as varchar)
            else substring(nine, 1, 3)
        end as digits
    from formed
)

select t.mmsi, t.first_t, t.last_t, t.form, t.simulated, t.digits, m.states
from told as t
left join mids as m on t.digits = m.digits
