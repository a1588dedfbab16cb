package dev.bayeux.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

    private static final long REFILL = 30;

    private RequestBudget budget = RequestBudget.full(RequestBudget.HANDSHAKES, 1000);

    private int takenAt(long now) {
        budget = budget.take(now, REFILL);
        return budget.overdrawn();
    }

    @Test
    @Tag("C-23")
    void threeAreFreeEachFurtherOneIsADebt() {
        for (int overdrawn : new int[]{0, 0, 0, 1, 2, 3, 4}) {
            assertEquals(overdrawn, takenAt(1000));
        }
    }

    @Test
    @Tag("C-23")
    void timePaysTheDebtBackOneByOne() {
        for (int n = 0; n < 7; n++) {
            takenAt(1000);
        }
        assertEquals(4, takenAt(1030), "4, less one that was earned, and this one");
        assertEquals(5, takenAt(1059));
        assertEquals(5, takenAt(1060));
        assertEquals(2, takenAt(1060 + 4 * REFILL));
        assertEquals(0, takenAt(1060 + 4 * REFILL + 3 * REFILL));
    }

    @Test
    @Tag("C-23")
    void noMoreThanThreeAreEverSaved() {
        takenAt(1000);
        assertEquals(0, takenAt(Long.MAX_VALUE / 2));
        takenAt(Long.MAX_VALUE / 2);
        takenAt(Long.MAX_VALUE / 2);
        assertEquals(1, takenAt(Long.MAX_VALUE / 2));
    }

    @Test
    @Tag("C-23")
    void theTimeForAFullBudgetBeginsWhenOneIsTaken() {
        takenAt(1029);
        assertEquals(2, budget.remaining());
        takenAt(1030);
        assertEquals(1, budget.remaining(), "30 since the first was taken have not passed");
    }

    @Test
    void onlyTimeRefillsTheBudget() {
        RequestBudget budget = RequestBudget.full(3, 1_000);
        assertEquals(0, budget.repaidInNs(1_000, 100));
        for (int n = 0; n < 5; n++) {
            budget = budget.take(1_000, 100);
        }
        assertEquals(2, budget.overdrawn());
        assertEquals(170, budget.repaidInNs(1_030, 100));
        assertEquals(0, budget.repaidInNs(1_500, 100));
    }
}
