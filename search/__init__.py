"""Search: import only the names exported here, none of the modules behind them.

    from search import SearchRequest, run_search
    result = run_search(SearchRequest(text="“全过程人民民主” -信访", unit="section"))

The names stand in the stub beside this file; each is loaded from its room when it is first
asked for, so that this package can be imported before Django's apps are ready.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
