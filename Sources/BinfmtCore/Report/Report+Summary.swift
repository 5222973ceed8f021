// SPDX-License-Identifier: Apache-2.0

extension Report {
    /// "Entries: 2 active, 1 foreign; 1 error in the configuration".
    static func summary(_ configuration: Configuration, _ plan: Plan) -> String {
        let states: [EntryState] = [
            .active, .pending, .stale, .waiting, .suspended, .failed, .refused, .yielded, .foreign,
        ]
        var numbers = [Int](repeating: 0, count: states.count)
        for item in plan.items {
            if let place = states.firstIndex(of: item.state) { numbers[place] += 1 }
        }
        let counts = zip(numbers, states).compactMap { number, state in
            number == 0 ? nil : "\(number) \(state.rawValue)"
        }
        let errors = configuration.issues.count(.error)
        let complaint = errors == 0 ? "" : "; \(counted(errors, "error", "errors")) in the configuration"
        if counts.isEmpty { return "No declared entry can be registered on this host" + complaint }
        return "Entries: " + counts.joined(separator: ", ") + complaint
    }
}
