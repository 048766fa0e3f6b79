-- Both ends of each run.
with bounds as (
    select mmsi, run, min(n) as n_first, max(n) as n_last
    from runs
    group by mmsi, run
)

select
    b.mmsi, b.run,
    f.t as t_first, f.lon as lon_first, f.lat as lat_first,
    l.t as t_last, l.lon as lon_last, l.lat as lat_last, l.speed_kn, l.course_deg
from bounds as b
inner join runs as f on b.mmsi = f.mmsi and b.n_first = f.n
inner join runs as l on b.mmsi = l.mmsi and b.n_last = l.n
