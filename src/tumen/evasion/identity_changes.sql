-- Silences of at least $min_gap_h hours after which a ship sends under another MMSI.
--
-- One row a silence. A ship is told by the IMO number that its MMSI says most often, where the check digit is right.
with sent as (
    select
        w.imo, p.mmsi, p.t,
        lag(p.mmsi) over (partition by w.imo order by p.t nulls last, p.mmsi nulls last) as mmsi_0,
        lag(p.t) over (partition by w.imo order by p.t nulls last, p.mmsi nulls last) as t_0
    from positions as p
    inner join ships as w on p.mmsi = w.mmsi
    inner join identity_imos as i on w.imo = i.imo and i.valid
)

select s.imo, s.mmsi_0 as mmsi, s.mmsi as mmsi_2, s.t_0 as "start", s.t as "end"
from sent as s
inner join identity_spans as a on s.mmsi_0 = a.mmsi and a.what = 'imo' and a.word = cast(s.imo as varchar)
inner join identity_spans as b on s.mmsi = b.mmsi and b.what = 'imo' and b.word = cast(s.imo as varchar)
where
    s.mmsi <> s.mmsi_0 and epoch(s.t) - epoch(s.t_0) >= 3600 * $min_gap_h
    and a.last_t < b.first_t
