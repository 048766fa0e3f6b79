-- How far each place is from where an earlier position of its MMSI leads: had the ship stopped, or gone on.
--
-- One row a pair of `track_pairs`. `distance_m` is from where it was, `projected_m` from where it would be at
-- its speed and course. Both are along great circles on a sphere.
with moved as (
    select
        *,
        coalesce(speed_kn, 0) * 1852 * hours / 6371008.8 as angle,
        radians(lat_0) as phi,
        radians(coalesce(course_deg, 0)) as heading
    from track_pairs
),

projected as (
    select
        *,
        asin(greatest(-1e0, least(1e0, sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(heading)))) as phi_1
    from moved
),

placed as (
    select
        *,
        radians(lon_0) + atan2(sin(heading) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(phi_1)) as lambda_1
    from projected
)

select
    mmsi, place, earlier, hours,
    2 * 6371008.8 * asin(sqrt(least(
        1e0,
        power(sin((radians(lat) - phi) / 2), 2)
        + cos(radians(lat)) * cos(phi) * power(sin(radians(lon - lon_0) / 2), 2)
    ))) as distance_m,
    2 * 6371008.8 * asin(sqrt(least(
        1e0,
        power(sin((radians(lat) - phi_1) / 2), 2)
        + cos(radians(lat)) * cos(phi_1) * power(sin((radians(lon) - lambda_1) / 2), 2)
    ))) as projected_m
from placed
