// SPDX-License-Identifier: Apache-2.0

extension PlatformResults {
    /// A line for each platform, then the reasons why one does not run.
    func text(_ terminal: Terminal) -> String {
        let titles = ["  PLATFORM", "RUN BY", "ENTRY"].map { Cell($0, .bold) }
        let reasons = items.compactMap { item in item.reason.map { "\(item.name): \($0)" } }
        let table = items.isEmpty ? [] : [terminal.table([titles] + items.map(\.cells))]
        let remarks = reasons.map { terminal.paragraph($0) }
        return (table + (remarks.isEmpty ? [] : [""] + remarks)).joined(separator: "\n")
    }
}

extension PlatformResults.Item {
    fileprivate var cells: [Cell] {
        switch runner {
        case .processor: [Cell("● \(name)", .green), Cell("the processor"), Cell("-")]
        case .entry(let entry, let version): [Cell("● \(name)", .green), Cell(version ?? "-"), Cell(entry)]
        case nil: [Cell("✗ \(name)", .red), Cell("-"), Cell("-")]
        }
    }
}
