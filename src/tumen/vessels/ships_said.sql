-- What the ships that are asked for say of themselves, and how often.
--
-- One row an MMSI, name, IMO number and type that are said together.
select p.mmsi, p.name, p.imo, p.ship_type, count(*) as times
from positions as p
inner join asked_ships as a on p.mmsi = a.mmsi
group by p.mmsi, p.name, p.imo, p.ship_type
