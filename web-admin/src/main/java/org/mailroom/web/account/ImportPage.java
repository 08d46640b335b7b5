package org.mailroom.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AccountImport;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ImportedAccount;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Accounts from a table: tried first, and then added. The answer stays on this page, because it may show passwords once. */
@Named
@RequestScoped
public class ImportPage {
    @Inject
    private AccountImport admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    private String csv = "";
    private boolean perLine;
    private List<ImportedAccount> lines = List.of();

    public void attempt() {
        run(true);
    }

    public void add() {
        run(false);
    }

    private void run(boolean dryRun) {
        try {
            lines = admin.run(csv, dryRun, perLine);
            long refused = lines.stream()
                    .filter(line -> line.outcome().equals("refused"))
                    .count();
            long added = lines.stream()
                    .filter(line -> line.outcome().equals("added"))
                    .count();
            if (added > 0) {
                notices.done(texts.of("import.added", added));
            }
            if (refused > 0) {
                notices.problem(texts.of(added == 0 && !dryRun ? "import.nothing" : "import.refused", refused));
            } else if (dryRun) {
                notices.done(texts.of("import.good", lines.size()));
            }
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
    }

    public String getColumns() {
        return String.join(", ", AccountImport.COLUMNS);
    }

    public List<ImportedAccount> getLines() {
        return lines;
    }

    public String getCsv() {
        return csv;
    }

    public void setCsv(String csv) {
        this.csv = csv;
    }

    public boolean isPerLine() {
        return perLine;
    }

    public void setPerLine(boolean perLine) {
        this.perLine = perLine;
    }
}
