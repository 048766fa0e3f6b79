-- Where both ships of a meeting are, at equal steps from its start, and how fast they have come there.
--
-- One row a meeting and step of $sample_s. Speeds are over one step, so that the error of a position does not make
-- a ship at rest look fast; null for the first. `observed` says that neither ship was silent.
with parts as (
    select
        m.meeting, m.start_s, i.*,
        cast(ceil((greatest(i.from_s, m.start_s) - m.start_s) / cast($sample_s as double)) as bigint) as first_step,
        cast(ceil((least(i.to_s, m.end_s) - m.start_s) / cast($sample_s as double)) as bigint) - 1 as last_step
    from encounter_meetings as m
    inner join encounter_intervals as i
        on m.watch = i.watch and m.segment_1 = i.segment_1 and m.segment_2 = i.segment_2
    where i.from_s < m.end_s and i.to_s > m.start_s
),

stepped as (
    select *, unnest(generate_series(first_step, last_step)) as step
    from parts
    where first_step <= last_step
),

shared as (
    select
        *, not (silent_1 or silent_2) as observed,
        (start_s + step * cast($sample_s as double) - from_s) / (to_s - from_s) as share
    from stepped
),

placed as (
    select
        meeting, step, observed,
        x_1_from + share * (x_1_to - x_1_from) as x_1, y_1_from + share * (y_1_to - y_1_from) as y_1,
        z_1_from + share * (z_1_to - z_1_from) as z_1,
        x_2_from + share * (x_2_to - x_2_from) as x_2, y_2_from + share * (y_2_to - y_2_from) as y_2,
        z_2_from + share * (z_2_to - z_2_from) as z_2
    from shared
),

followed as (
    select
        *,
        lag(x_1) over (partition by meeting order by step nulls last) as x_1_before,
        lag(y_1) over (partition by meeting order by step nulls last) as y_1_before,
        lag(z_1) over (partition by meeting order by step nulls last) as z_1_before,
        lag(x_2) over (partition by meeting order by step nulls last) as x_2_before,
        lag(y_2) over (partition by meeting order by step nulls last) as y_2_before,
        lag(z_2) over (partition by meeting order by step nulls last) as z_2_before
    from placed
)

select
    meeting, step, observed, (x_1 + x_2) / 2 as x, (y_1 + y_2) / 2 as y, (z_1 + z_2) / 2 as z,
    sqrt(power(x_1 - x_2, 2) + power(y_1 - y_2, 2) + power(z_1 - z_2, 2)) as distance_m,
    sqrt(power(x_1 - x_1_before, 2) + power(y_1 - y_1_before, 2) + power(z_1 - z_1_before, 2))
    / cast($sample_s as double) * 3600 / 1852 as speed_1_kn,
    sqrt(power(x_2 - x_2_before, 2) + power(y_2 - y_2_before, 2) + power(z_2 - z_2_before, 2))
    / cast($sample_s as double) * 3600 / 1852 as speed_2_kn
from followed
