package org.mailroom.receive;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.mailroom.config.Settings;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;

/** What the message of a user says of its author, and what it lacks (RFC 6409 §6.1, §8). Its own octets stay as they are. */
@ApplicationScoped
public class Submission {
    @Inject
    private Directory directory;

    private SubmissionSettings settings = new SubmissionSettings(ForeignAuthor.REFUSE);

    @PostConstruct
    void configure() {
        settings = SubmissionSettings.of(Settings.current());
    }

    /** Fields to put before the message, each with its CRLF; throws where the author is somebody else. */
    public String authorFields(AccountId login, MessageSource content) throws MailException, IOException {
        var fields = AuthorFields.of(content);
        if (fields.from().size() > 1 || fields.sender().size() > 1) {
            throw refusal("RFC 5322 section 3.6 allows one From field and one Sender");
        }
        if (fields.from().isEmpty()) {
            // RFC 5322 §3.6 asks for one; who has logged in, is no secret to us.
            return "From: <" + own(login) + ">\r\n";
        }
        var from = fields.from().getFirst();
        var sender = fields.sender().stream().flatMap(List::stream).toList();
        if (!sender.isEmpty() && !areOwn(login, sender)) {
            throw refusal("This login may not send as the address in Sender");
        }
        if (!from.isEmpty() && areOwn(login, from)) {
            return "";
        }
        return switch (settings.foreignAuthor()) {
            case REFUSE -> throw refusal("This login may not send as the address in From");
            case SENDER -> sender.isEmpty() ? "Sender: <" + own(login) + ">\r\n" : "";
        };
    }

    private boolean areOwn(AccountId login, List<String> addresses) {
        return addresses.stream().allMatch(address -> directory.maySendAs(login, address));
    }

    private String own(AccountId login) throws MailException {
        return directory.address(login).orElseThrow(() -> refusal("This account is gone"));
    }

    private static MailException refusal(String text) {
        return new MailException(Reason.SENDER_NOT_ALLOWED, text);
    }
}
