-- The hundredths of a degree in which slow legs begin or end, each once, with its middle and its whole degree.
with ends as (
    select x, y
    from slow_legs
    union
    select x_2 as x, y_2 as y
    from slow_legs
)

select
    x, y,
    (x + 0.5e0) / 100 - 180 as lon, (y + 0.5e0) / 100 - 90 as lat,
    cast(floor((x + 0.5e0) / 100) as integer) - 180 as degree_x, cast(floor((y + 0.5e0) / 100) as integer) - 90 as degree_y
from ends
