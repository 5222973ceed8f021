// SPDX-License-Identifier: Apache-2.0

extension Report {
    /// "Entries: 2 active, 1 foreign; 1 error in the configuration".
    package static func summary(_ configuration: Configuration, _ entries: some Sequence<EntryState>) -> String {
        let errors = configuration.issues.count(.error)
        let complaint = errors == 0 ? "" : "; \(counted(errors, "error", "errors")) in the configuration"
        let states = summary(entries)
        return (states ?? "No declared entry can be registered on this host") + complaint
    }

    /// The states of a plan's items, with those that are shadowed told from the active ones.
    static func states(_ plan: Plan) -> [EntryState] {
        let shadowing = plan.items.compactMap(\.observed).shadowing
        return plan.items.map { $0.state == .active && shadowing[$0.name] != nil ? .shadowed : $0.state }
    }

    /// The number of entries in each state: "Entries: 2 active, 1 foreign".
    ///
    /// - Returns: nil if none of the states is worth a mention.
    package static func summary(_ entries: some Sequence<EntryState>) -> String? {
        let states: [EntryState] = [
            .active, .shadowed, .pending, .stale, .waiting, .suspended, .failed, .refused, .native, .yielded, .foreign,
        ]
        var numbers = [Int](repeating: 0, count: states.count)
        for entry in entries {
            if let place = states.firstIndex(of: entry) { numbers[place] += 1 }
        }
        let counts = zip(numbers, states).compactMap { number, state in
            number == 0 ? nil : "\(number) \(state.rawValue)"
        }
        return counts.isEmpty ? nil : "Entries: " + counts.joined(separator: ", ")
    }
}
