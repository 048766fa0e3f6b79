-- The pairs of states within each joint event.
--
-- One row a day, code and pair; of several joint events that hold the pair, the first by its parties.
select a."day", a.code, a.actor as low, b.actor as high, min(j.parties) as parties
from joint_units as j
join parties as a on j."day" = a."day" and j.code = a.code and j.unit = a.unit
join parties as b on a."day" = b."day" and a.code = b.code and a.unit = b.unit and a.actor < b.actor
group by a."day", a.code, a.actor, b.actor
