-- Each run's head, followed one jump further: the head of its head.
--
-- One row a run. Asked again until nothing changes, a jump doubles each time.
select a.mmsi, a.run, b.head
from chains as a
inner join chains as b on a.mmsi = b.mmsi and a.head = b.run
