-- Positions with the run that they are in: positions of an MMSI that follow each other without a cut.
select
    f.mmsi, f.n, f.t, f.lon, f.lat, f.speed_kn, f.course_deg,
    sum(case when d.n is null then 0 else 1 end) over (partition by f.mmsi order by f.n nulls last) as run
from fixes as f
left join doubts as d on f.mmsi = d.mmsi and f.n = d.n
