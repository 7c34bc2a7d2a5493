"""Who asks, how often and how much at a time, and what is recorded of what was done.

proxies: whose word on the asker is believed · rates, failures: counts that all processes share ·
slots: how many may do a thing at the same time · limits: what that means for views · privacy:
what no cache may keep · models, recording: the record of activities.
"""
