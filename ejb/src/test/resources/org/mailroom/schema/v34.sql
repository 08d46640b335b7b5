INSERT INTO setting_change (node, key, before_value, after_value, source) VALUES
    ('mx1.test', 'mail.smtp.port', '', '25', 'file');
