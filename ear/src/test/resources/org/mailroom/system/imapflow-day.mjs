// A day at the desk with imapflow: node day.mjs PORT TLS-PORT USER PASSWORD. Every step says what it expects.
import assert from 'node:assert/strict';
import { ImapFlow } from 'imapflow';

const [port, tlsPort, user, pass] = process.argv.slice(2);
const client = (secure, more = {}) =>
    new ImapFlow({
        host: '127.0.0.1',
        port: Number(secure ? tlsPort : port),
        secure,
        doSTARTTLS: secure ? undefined : false,
        auth: { user, pass },
        logger: false,
        tls: { rejectUnauthorized: false },
        ...more,
    });
const all = async iterable => {
    const list = [];
    for await (const one of iterable) {
        list.push(one);
    }
    return list;
};
const text = (subject, body) =>
    `From: day@there.test\r\nTo: ${user}\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@day>\r\n\r\n${body}\r\n`;

const morning = client(true);
await morning.connect();
assert.ok(morning.capabilities.has('COMPRESS=DEFLATE'));

// Folders
await morning.mailboxCreate('Projekte/Küche');
await morning.mailboxCreate('Projekte/Alt');
await morning.mailboxSubscribe('Projekte/Küche');
const listed = await morning.list({ statusQuery: { messages: true } });
assert.ok(listed.some(m => m.path === 'Projekte/Küche' && m.subscribed));
assert.equal(listed.find(m => m.specialUse === '\\Trash').path, 'Trash');
await morning.mailboxRename('Projekte/Alt', 'Projekte/Älter');
await morning.mailboxDelete('Projekte/Älter');

// Mail arrives while a second client waits in IDLE
const waiting = client(false);
await waiting.connect();
await waiting.mailboxOpen('INBOX');
const before = waiting.mailbox.exists;
const heard = new Promise(told => waiting.on('exists', news => news.count === before + 40 && told()));
waiting.idle().catch(() => {});
for (let i = 1; i <= 40; i++) {
    const at = await morning.append('INBOX', text(`task ${i}`, `work number ${i}`), i % 2 ? ['\\Seen'] : [], new Date());
    assert.ok(at.uid > 0);
}
await heard;

// Reading
let lock = await morning.getMailboxLock('INBOX');
const found = await morning.search({ subject: 'task', seen: false }, { uid: true });
assert.equal(found.length, 20);
const messages = await all(morning.fetch(found, { envelope: true, bodyStructure: true, flags: true, threadId: true }, { uid: true }));
assert.deepEqual(messages.map(m => m.envelope.subject), Array.from({ length: 20 }, (_, i) => `task ${2 * (i + 1)}`));
const whole = await morning.fetchOne(found[0], { source: true }, { uid: true });
assert.equal(whole.source.toString(), text('task 2', 'work number 2'));
const { content } = await morning.download(found[0], '1', { uid: true });
assert.equal((await all(content)).join(''), 'work number 2\r\n');

// Filing
assert.ok(await morning.messageFlagsAdd(found, ['\\Seen', '$Done'], { uid: true }));
assert.equal((await morning.search({ keyword: '$Done' })).length, 20);
const moved = await morning.messageMove(found.slice(0, 10), 'Projekte/Küche', { uid: true });
assert.equal(moved.uidMap.size, 10);
const copied = await morning.messageCopy(found.slice(10), 'Archive', { uid: true });
assert.equal(copied.uidMap.size, 10);
assert.ok(await morning.messageDelete(found.slice(10, 15), { uid: true }));
assert.equal((await morning.search({ subject: 'task' })).length, 25);
lock.release();
assert.equal((await morning.status('Projekte/Küche', { messages: true, unseen: true })).messages, 10);

// The other client, which never asked, knows the same
await waiting.noop();
assert.equal(waiting.mailbox.exists, before + 25);

// After lunch: only what has changed since
lock = await morning.getMailboxLock('Projekte/Küche');
const since = morning.mailbox.highestModseq;
await morning.messageFlagsAdd('3', ['\\Flagged']);
const changed = await all(morning.fetch('1:*', { flags: true }, { changedSince: since }));
assert.deepEqual(changed.map(m => m.seq), [3]);
lock.release();
const quota = await morning.getQuota('INBOX');
assert.ok(quota === false || quota.path === 'INBOX');

await waiting.logout();
await morning.logout();
console.log('the day is over');
