package org.mailroom.directory;

/** Where the accounts of a domain live, and nobody answers until a test says so. */
public final class SilentDirectory implements AccountSource {
    private final String domain;
    private final Meeting meeting;
    private volatile boolean answering;

    /** What makes an account of somebody whom the directory knows. */
    @FunctionalInterface
    public interface Meeting {
        void with(MailAddress address) throws Exception;
    }

    private SilentDirectory(String domain, Meeting meeting) {
        this.domain = domain;
        this.meeting = meeting;
    }

    public static SilentDirectory of(String domain) {
        return of(domain, address -> {});
    }

    /** @param meeting done when it is asked after {@link #answers} */
    public static SilentDirectory of(String domain, Meeting meeting) {
        return new SilentDirectory(domain, meeting);
    }

    public SilentDirectory behind(Directory directory) {
        directory.asking(this);
        return this;
    }

    public void answers() {
        answering = true;
    }

    @Override
    public boolean covers(String name) {
        return name.equals(domain);
    }

    @Override
    public boolean isStranger(MailAddress address) {
        return false;
    }

    @Override
    public boolean ask(MailAddress address) {
        if (answering) {
            try {
                meeting.with(address);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return answering;
    }
}
