INSERT INTO search_segment (mailbox_id, first_uid, last_uid, uids, width, slices) VALUES (1, 3, 7, '{3,7}', 1, decode(repeat('03', 8192), 'hex'));
