package org.mailroom.web.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.web.site.Notices.Notice;

/** The notices on the page that is being written; they are taken down only when somebody will see them. */
@Named
@RequestScoped
public class NoticeBoard {
    @Inject
    private Notices notices;

    private List<Notice> shown = List.of();

    public List<Notice> getNotices() {
        if (shown.isEmpty() && FacesContext.getCurrentInstance().getCurrentPhaseId() == PhaseId.RENDER_RESPONSE) {
            var locale = FacesContext.getCurrentInstance().getViewRoot().getLocale();
            shown = notices.take().stream()
                    .map(notice -> new Notice(notice.kind(), Refusals.in(locale, notice.text()), notice.secret()))
                    .toList();
        }
        return shown;
    }
}
